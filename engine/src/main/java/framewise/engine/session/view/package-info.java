/** What is shown of a session. */
@NullMarked
package framewise.engine.session.view;

import org.jspecify.annotations.NullMarked;
