package framewise.engine.result;

import framewise.engine.SessionId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Compression dictionaries of one session's events, in the database, with the most recent ones in
 * memory. Safe for any number of threads.
 */
final class Dictionaries {
  private static final int IN_MEMORY = 32;

  /** Kind of events whose JSON is largely the same and shares a dictionary. */
  record Kind(String type, String name, String prompt, String backend, String model) {}

  /** One dictionary. Immutable. */
  static final class Dictionary {
    private final long id;
    private final byte[] content;

    Dictionary(long id, byte[] content) {
      this.id = id;
      this.content = content;
    }

    long id() {
      return id;
    }

    byte[] content() {
      return content;
    }
  }

  private final SessionId session;
  private final Map<Kind, Dictionary> byKind = new LruCache<>();
  private final Map<Long, byte[]> byId = new LruCache<>();

  Dictionaries(SessionId session) {
    this.session = session;
  }

  /** The kind of a frequent event; empty for others, which are stored uncompressed. */
  static Optional<Kind> kind(Event event) {
    return switch (event) {
      case Event.Result result ->
          Optional.of(
              new Kind(
                  event.type(),
                  result.name().orElse(""),
                  result.prompt(),
                  result.backend(),
                  result.model()));
      case Event.Unchanged unchanged ->
          Optional.of(new Kind(event.type(), unchanged.name().orElse(""), "", "", ""));
      default -> Optional.empty();
    };
  }

  synchronized Optional<Dictionary> of(Kind kind) {
    return Optional.ofNullable(byKind.get(kind));
  }

  /** Stores a dictionary in the transaction of the handle; call {@link #keep} after the commit. */
  Dictionary insert(Handle handle, byte[] content) {
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

  synchronized void keep(Kind kind, Dictionary dictionary) {
    byKind.put(kind, dictionary);
    byId.put(dictionary.id(), dictionary.content());
  }

  /** The content of a dictionary; empty where it doesn't exist. */
  synchronized Optional<byte[]> content(Handle handle, long id) {
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
