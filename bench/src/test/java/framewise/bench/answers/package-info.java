@NullMarked
package framewise.bench.answers;

import org.jspecify.annotations.NullMarked;
