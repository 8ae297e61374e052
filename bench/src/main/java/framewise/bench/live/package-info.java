/** The cost of live cameras by URL for the whole service, which runs in a separate process. */
@NullMarked
package framewise.bench.live;

import org.jspecify.annotations.NullMarked;
