@NullMarked
package framewise.server.export;

import org.jspecify.annotations.NullMarked;
