package framewise.engine.store;

import framewise.engine.words.Term;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.config.JdbiConfig;

/** Statements and expressions that differ between the database engines. Immutable. */
public interface Dialect {
  /** The epoch with which nothing can be written. */
  long NOT_OWNED = -1;

  /** The dialect of a handle's database. */
  static Dialect of(Handle handle) {
    return handle.getConfig(Choice.class).dialect;
  }

  /** Column of the table {@code answer_text} with a span's id. */
  String textId();

  /** Adds a row to {@code answer_text}, from {@code :id} and {@code :text}. */
  String insertText();

  /** The value of {@code :text} in {@link #insertText}. */
  String text(String answer);

  /** Condition on {@code answer_text t}: it contains {@code :words}. */
  String hasWords();

  /** The value of {@code :words} in {@link #hasWords}. */
  String words(List<Term> terms);

  /** Text field of a JSON object in a column. */
  String jsonField(String column, String field);

  /** Begin of a statement that writes only for a session's owner; the fence, if there is one. */
  String fence();

  /** End of its {@code SELECT}: no row unless {@code :session} still has {@code :epoch}. */
  String ofOwner();

  /**
   * Number of times that a session changed its owner; {@link #NOT_OWNED} where another node may be
   * the owner.
   */
  long epoch(Handle handle, String session);

  /** Whether a session exists; if so, nobody deletes it before the end of this transaction. */
  boolean holdsSession(Handle handle, String session);

  /**
   * Lets this transaction commit before those that call this later, so that rows numbered after the
   * call appear in the order of their numbers.
   */
  void commitInOrder(Handle handle);

  /**
   * Rows of the table {@code spending}, and those that nodes keep of their own: what is selected
   * from.
   */
  String spending();

  /** The dialect in the configuration of a database. */
  final class Choice implements JdbiConfig<Choice> {
    private Dialect dialect = new SqliteDialect();

    /** Chooses SQLite, as JDBI needs it. */
    public Choice() {}

    /** Makes a dialect that of all handles of a database. */
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
