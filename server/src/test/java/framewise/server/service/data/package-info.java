@NullMarked
package framewise.server.service.data;

import org.jspecify.annotations.NullMarked;
