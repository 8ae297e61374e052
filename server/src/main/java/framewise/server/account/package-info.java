/** Calls for accounts: signing in and out, and managing accounts and keys. */
@NullMarked
package framewise.server.account;

import org.jspecify.annotations.NullMarked;
