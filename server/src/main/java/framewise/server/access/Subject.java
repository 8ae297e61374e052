package framewise.server.access;

import java.util.Optional;

/** Names by which sessions refer to owners and recipients of shares. */
final class Subject {
  /** Everyone who has an account. */
  static final String EVERYBODY = "*";

  private static final String ACCOUNT = "account:";
  private static final String KEY = "key:";

  private Subject() {}

  static String account(String id) {
    return ACCOUNT + id;
  }

  static String key(String id) {
    return KEY + id;
  }

  static Optional<String> accountId(String subject) {
    return after(ACCOUNT, subject);
  }

  static Optional<String> keyId(String subject) {
    return after(KEY, subject);
  }

  private static Optional<String> after(String prefix, String subject) {
    return subject.startsWith(prefix)
        ? Optional.of(subject.substring(prefix.length()))
        : Optional.empty();
  }
}
