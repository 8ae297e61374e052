@NullMarked
package framewise.server.phone;

import org.jspecify.annotations.NullMarked;
