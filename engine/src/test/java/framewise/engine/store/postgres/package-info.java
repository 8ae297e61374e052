@NullMarked
package framewise.engine.store.postgres;

import org.jspecify.annotations.NullMarked;
