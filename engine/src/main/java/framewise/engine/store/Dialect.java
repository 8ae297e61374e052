package framewise.engine.store;

import framewise.engine.words.Term;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.config.JdbiConfig;

/** Statements and expressions that differ between the database engines. Immutable. */
public interface Dialect {
  /** An epoch that matches no session, so that nothing can be written with it. */
  long NOT_OWNED = -1;

  /** The dialect of a handle's database. */
  static Dialect of(Handle handle) {
    return handle.getConfig(Choice.class).dialect;
  }

  /** Column of the table {@code answer_text} with a span's id. */
  String textId();

  /** SQL statement that adds a row to {@code answer_text}, from {@code :id} and {@code :text}. */
  String insertText();

  /** The value of {@code :text} in {@link #insertText}. */
  String text(String answer);

  /** SQL condition that a row of {@code answer_text t} contains {@code :words}. */
  String hasWords();

  /** The value of {@code :words} in {@link #hasWords}. */
  String words(List<Term> terms);

  /**
   * Whether each statement reads all words with a prefix before its first match, which may take
   * longer than everything else.
   */
  boolean readsPrefixesFirst();

  /** SQL expression for a text field of a JSON object in a column. */
  String jsonField(String column, String field);

  /**
   * Start of an SQL statement that writes only for a session's owner; contains the fence, if there
   * is one.
   */
  String fence();

  /**
   * End of that statement's {@code SELECT}, which yields no row unless {@code :session} still has
   * {@code :epoch}.
   */
  String ofOwner();

  /**
   * Number of changes of a session's owner; {@link #NOT_OWNED} if another node may be the owner.
   */
  long epoch(Handle handle, String session);

  /** Whether a session exists. If so, it can't be deleted before the end of this transaction. */
  boolean holdsSession(Handle handle, String session);

  /**
   * Makes this transaction commit before those that call this later, so that rows numbered after
   * the call become visible in the order of their numbers.
   */
  void commitInOrder(Handle handle);

  /**
   * SQL expression for a {@code FROM} clause: the rows of the table {@code spending}, including the
   * separate rows of nodes.
   */
  String spending();

  /** The dialect, as a part of JDBI's configuration. */
  final class Choice implements JdbiConfig<Choice> {
    private Dialect dialect = new SqliteDialect();

    /** Chooses SQLite; JDBI needs this constructor. */
    public Choice() {}

    /** Sets the dialect for all handles of a database. */
    public static void set(Jdbi jdbi, Dialect dialect) {
      jdbi.getConfig(Choice.class).dialect = dialect;
    }

    @Override
    public Choice createCopy() {
      var copy = new Choice();
      copy.dialect = dialect;
      return copy;
    }
  }
}
