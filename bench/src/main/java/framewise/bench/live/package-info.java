/** What live cameras by URL cost the whole service, which runs in a process of its own. */
@NullMarked
package framewise.bench.live;

import org.jspecify.annotations.NullMarked;
