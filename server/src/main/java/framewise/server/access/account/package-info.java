/** Accounts, API keys and sign-ins as they are stored, and their roles. */
@NullMarked
package framewise.server.access.account;

import org.jspecify.annotations.NullMarked;
