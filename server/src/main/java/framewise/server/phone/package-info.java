/** Access to the console from a phone: addresses and QR codes. */
@NullMarked
package framewise.server.phone;

import org.jspecify.annotations.NullMarked;
