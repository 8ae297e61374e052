/** Runs a service in a separate process, and measures its CPU time and memory. */
@NullMarked
package framewise.bench.service;

import org.jspecify.annotations.NullMarked;
