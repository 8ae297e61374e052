/** Words of answers and of what is searched in them. */
@NullMarked
package framewise.engine.words;

import org.jspecify.annotations.NullMarked;
