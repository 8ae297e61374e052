/**
 * The calls about accounts: signing in and out, and what administrators do with accounts and keys.
 */
@NullMarked
package framewise.server.account;

import org.jspecify.annotations.NullMarked;
