/** Measures how long a search over many stored answers takes. */
@NullMarked
package framewise.bench.search;

import org.jspecify.annotations.NullMarked;
