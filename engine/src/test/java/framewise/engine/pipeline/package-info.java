@NullMarked
package framewise.engine.pipeline;

import org.jspecify.annotations.NullMarked;
