@NullMarked
package framewise.vision.chat;

import org.jspecify.annotations.NullMarked;
