@NullMarked
package framewise.server.v1beta;

import org.jspecify.annotations.NullMarked;
