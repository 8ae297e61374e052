@NullMarked
package framewise.engine.money;

import org.jspecify.annotations.NullMarked;
