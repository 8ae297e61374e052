/** S3-compatible stores, with the AWS SDK. Nothing here is loaded unless one is configured. */
@NullMarked
package framewise.engine.files.s3;

import org.jspecify.annotations.NullMarked;
