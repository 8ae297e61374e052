/** Cost of answers: prices, spending, and forecasts for a session. */
@NullMarked
package framewise.engine.money;

import org.jspecify.annotations.NullMarked;
