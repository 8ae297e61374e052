/**
 * How back ends are asked: no more at a time than they bear, not at all while they are in trouble,
 * and who answers in their stead.
 */
@NullMarked
package framewise.engine.backend;

import org.jspecify.annotations.NullMarked;
