/** Access control: accounts, API keys, sign-ins and shares. */
@NullMarked
package framewise.server.access;

import org.jspecify.annotations.NullMarked;
