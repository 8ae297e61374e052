/** Sessions as rows of the database. */
@NullMarked
package framewise.engine.session.store;

import org.jspecify.annotations.NullMarked;
