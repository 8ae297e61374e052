package framewise.engine.store;

import framewise.engine.words.Term;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** SQLite, with its full-text index FTS5. */
final class SqliteDialect implements Dialect {
  @Override
  public String textId() {
    return "rowid";
  }

  @Override
  public String insertText() {
    return "INSERT INTO answer_text (rowid, text) VALUES (:id, :text)";
  }

  @Override
  public String text(String answer) {
    return answer;
  }

  @Override
  public String hasWords() {
    return "t.answer_text MATCH :words";
  }

  /** Quotes every word, so that nothing in it is interpreted as an operator. */
  @Override
  public String words(List<Term> terms) {
    return terms.stream()
        .map(term -> "\"" + String.join(" ", term.words()) + "\"" + (term.prefix() ? " *" : ""))
        .collect(Collectors.joining(" "));
  }

  @Override
  public boolean readsPrefixesFirst() {
    return true;
  }

  @Override
  public String jsonField(String column, String field) {
    return "json_extract(%s, '$.%s')".formatted(column, field);
  }

  /** No fence: a file has one owner, which holds the lock of the data folder. */
  @Override
  public String fence() {
    return "";
  }

  @Override
  public String ofOwner() {
    return "WHERE :epoch = 0";
  }

  @Override
  public long epoch(Handle handle, String session) {
    return 0;
  }

  /** No lock: there is only one writing connection. */
  @Override
  public boolean holdsSession(Handle handle, String session) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM session WHERE id = :session)")
        .bind("session", session)
        .mapTo(boolean.class)
        .one();
  }

  /** Does nothing: there is only one writing connection, so nothing can commit in between. */
  @Override
  public void commitInOrder(Handle handle) {}

  @Override
  public String spending() {
    return "spending";
  }
}
