@NullMarked
package framewise.engine.session;

import org.jspecify.annotations.NullMarked;
