/** What the API promises: routes, roles, errors, and the original's examples. */
@NullMarked
package framewise.server.service.contract;

import org.jspecify.annotations.NullMarked;
