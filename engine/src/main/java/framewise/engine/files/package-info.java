/** Videos, evidence and pictures of incidents, in a folder or in an S3-compatible store. */
@NullMarked
package framewise.engine.files;

import org.jspecify.annotations.NullMarked;
