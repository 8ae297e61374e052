/** The API's contract: routes, roles, errors, and the examples of the original system. */
@NullMarked
package framewise.server.service.contract;

import org.jspecify.annotations.NullMarked;
