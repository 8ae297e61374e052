package framewise.engine.result.packing;

import framewise.engine.SessionId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Compression dictionaries of one session's events, in the database, with the most recent ones in
 * memory. Safe for any number of threads.
 */
public final class Dictionaries {
  private static final int IN_MEMORY = 32;

  /** Kind of events whose JSON is largely the same and shares a dictionary. */
  public record Kind(String type, String name, String prompt, String backend, String model) {}

  /** One dictionary. Immutable. */
  public static final class Dictionary {
    private final long id;
    private final byte[] content;

    Dictionary(long id, byte[] content) {
      this.id = id;
      this.content = content;
    }

    public long id() {
      return id;
    }

    public byte[] content() {
      return content;
    }
  }

  private final SessionId session;
  private final Map<Kind, Dictionary> byKind = new LruCache<>();
  private final Map<Long, byte[]> byId = new LruCache<>();

  public Dictionaries(SessionId session) {
    this.session = session;
  }

  /** The dictionary of a kind, if it is in memory. */
  public synchronized Optional<Dictionary> of(Kind kind) {
    return Optional.ofNullable(byKind.get(kind));
  }

  /** Stores a dictionary in the transaction of the handle; call {@link #keep} after the commit. */
  public Dictionary insert(Handle handle, byte[] content) {
    long id =
        handle
            .createQuery(
                "INSERT INTO dictionary (session_id, content) VALUES (:session, :content) RETURNING id")
            .bind("session", session.toString())
            .bind("content", content)
            .mapTo(Long.class)
            .one();
    return new Dictionary(id, content);
  }

  /** Keeps a stored dictionary in memory. */
  public synchronized void keep(Kind kind, Dictionary dictionary) {
    byKind.put(kind, dictionary);
    byId.put(dictionary.id(), dictionary.content());
  }

  /** The content of a dictionary; empty where it doesn't exist. */
  public synchronized Optional<byte[]> content(Handle handle, long id) {
    byte[] known = byId.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<byte[]> stored =
        handle
            .createQuery("SELECT content FROM dictionary WHERE id = :id AND session_id = :session")
            .bind("id", id)
            .bind("session", session.toString())
            .mapTo(byte[].class)
            .findOne();
    stored.ifPresent(content -> byId.put(id, content));
    return stored;
  }

  /** The most recently used entries. */
  private static final class LruCache<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;

    LruCache() {
      super(IN_MEMORY, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > IN_MEMORY;
    }
  }
}
