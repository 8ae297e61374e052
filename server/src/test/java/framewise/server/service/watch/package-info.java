/** Watches and the incidents that they open. */
@NullMarked
package framewise.server.service.watch;

import org.jspecify.annotations.NullMarked;
