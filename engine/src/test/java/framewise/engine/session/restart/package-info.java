/** Sessions after the process has ended, by intent or not. */
@NullMarked
package framewise.engine.session.restart;

import org.jspecify.annotations.NullMarked;
