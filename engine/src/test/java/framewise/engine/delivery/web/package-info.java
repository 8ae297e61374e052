@NullMarked
package framewise.engine.delivery.web;

import org.jspecify.annotations.NullMarked;
