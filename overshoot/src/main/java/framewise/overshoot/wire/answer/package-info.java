/** What a server of the Overshoot API v0.2 answers, apart from results. */
@NullMarked
package framewise.overshoot.wire.answer;

import org.jspecify.annotations.NullMarked;
