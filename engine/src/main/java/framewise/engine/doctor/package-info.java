/** What is wrong with a data folder, and what can be saved. */
@NullMarked
package framewise.engine.doctor;

import org.jspecify.annotations.NullMarked;
