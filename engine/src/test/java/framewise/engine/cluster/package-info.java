@NullMarked
package framewise.engine.cluster;

import org.jspecify.annotations.NullMarked;
