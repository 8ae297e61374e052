/** The summary of a test run, read from the reports that Surefire writes. */
@NullMarked
package framewise.dev.report;

import org.jspecify.annotations.NullMarked;
