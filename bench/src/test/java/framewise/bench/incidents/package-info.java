@NullMarked
package framewise.bench.incidents;

import org.jspecify.annotations.NullMarked;
