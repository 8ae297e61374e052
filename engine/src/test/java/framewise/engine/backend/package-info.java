@NullMarked
package framewise.engine.backend;

import org.jspecify.annotations.NullMarked;
