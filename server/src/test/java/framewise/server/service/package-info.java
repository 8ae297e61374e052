@NullMarked
package framewise.server.service;

import org.jspecify.annotations.NullMarked;
