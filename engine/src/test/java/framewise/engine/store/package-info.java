@NullMarked
package framewise.engine.store;

import org.jspecify.annotations.NullMarked;
