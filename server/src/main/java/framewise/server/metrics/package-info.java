@NullMarked
package framewise.server.metrics;

import org.jspecify.annotations.NullMarked;
