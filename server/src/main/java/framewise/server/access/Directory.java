package framewise.server.access;

import framewise.server.access.account.Account;
import framewise.server.access.account.AccountName;
import framewise.server.access.account.ApiKey;
import framewise.server.access.account.SignIn;
import framewise.server.access.secret.KeyHash;
import framewise.server.access.secret.KeyText;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Snapshot of all accounts, keys and signed-in browsers. Immutable.
 *
 * @param byName accounts by their comparable names
 */
record Directory(
    Map<String, Account> byId,
    Map<String, Account> byName,
    Map<String, SignIn> signIns,
    Map<String, ApiKey> keys) {
  Directory {
    byId = Map.copyOf(byId);
    byName = Map.copyOf(byName);
    signIns = Map.copyOf(signIns);
    keys = Map.copyOf(keys);
  }

  static Directory of(List<Account> accounts, List<SignIn> signIns, List<ApiKey> keys) {
    Map<String, Account> byId = new HashMap<>();
    Map<String, Account> byName = new HashMap<>();
    for (Account account : accounts) {
      byId.put(account.id(), account);
      byName.put(AccountName.fold(account.name()), account);
    }
    Map<String, SignIn> browsers = new HashMap<>();
    signIns.forEach(one -> browsers.put(one.id(), one));
    Map<String, ApiKey> byKey = new HashMap<>();
    keys.forEach(key -> byKey.put(key.id(), key));
    return new Directory(byId, byName, browsers, byKey);
  }

  boolean hasAccounts() {
    return !byId.isEmpty();
  }

  Optional<Account> account(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<Account> named(String name) {
    return Optional.ofNullable(byName.get(AccountName.fold(name)));
  }

  /** Finds the stored key that a request carries, while it is valid. */
  Optional<ApiKey> key(String text, Instant now) {
    return KeyText.id(text)
        .flatMap(id -> Optional.ofNullable(keys.get(id)))
        .filter(key -> key.hash().isSame(KeyHash.of(text)))
        .filter(key -> !key.isExpired(now));
  }
}
