package framewise.engine.files;

import framewise.overshoot.Secret;

/**
 * Keys of an S3-compatible store.
 *
 * @param id the access key's id
 * @param secret the secret access key
 */
public record S3Credentials(String id, Secret secret) {}
