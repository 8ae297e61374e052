@NullMarked
package framewise.server.api;

import org.jspecify.annotations.NullMarked;
