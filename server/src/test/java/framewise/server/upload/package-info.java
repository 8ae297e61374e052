@NullMarked
package framewise.server.upload;

import org.jspecify.annotations.NullMarked;
