/** What answers cost: prices, what was spent, and what a session is about to cost. */
@NullMarked
package framewise.engine.money;

import org.jspecify.annotations.NullMarked;
