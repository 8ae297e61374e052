/** A service in a process of its own, whose cost can be read. */
@NullMarked
package framewise.bench.service;

import org.jspecify.annotations.NullMarked;
