package framewise.engine.folder;

import framewise.engine.files.BucketStore;
import framewise.engine.files.FileLocation;
import framewise.engine.files.FileStore;
import framewise.engine.files.FolderStore;
import framewise.engine.files.ObjectStore;
import framewise.engine.files.ObjectStoreException;
import framewise.engine.files.s3.S3Store;
import framewise.engine.store.DiskSpace;
import framewise.engine.store.OwnerOnlyFiles;
import framewise.engine.store.UnusableDataException;
import framewise.time.WallClock;
import java.io.IOException;
import java.nio.file.Path;

/** Opens the file store at a location. */
public final class FileStores {
  private FileStores() {}

  /**
   * Opens a store and checks that it can be used.
   *
   * @param data the data folder, for a remote store's local files
   * @param space of the data folder's disk
   * @throws UnusableDataException with a sentence that says what is wrong and what to do
   */
  public static FileStore open(FileLocation location, Path data, DiskSpace space, WallClock clock)
      throws IOException {
    return switch (location) {
      case FileLocation.SharedFolder(Path path) -> {
        OwnerOnlyFiles.makeFolder(path);
        OwnerOnlyFiles.makeFolder(path.resolve("videos"));
        yield new FolderStore(path, true);
      }
      case FileLocation.Bucket bucket -> {
        ObjectStore objects = objects(bucket);
        boolean opened = false;
        try {
          var store = new BucketStore(objects, data, bucket.copies(), space, clock);
          opened = true;
          yield store;
        } finally {
          if (!opened) {
            objects.close();
          }
        }
      }
    };
  }

  /**
   * Opens a bucket without local files; a service may be using it at the same time.
   *
   * @throws UnusableDataException with a sentence that says what is wrong and what to do
   */
  public static ObjectStore objects(FileLocation.Bucket bucket) throws IOException {
    try {
      return S3Store.open(bucket.address(), bucket.credentials());
    } catch (ObjectStoreException e) {
      throw new UnusableDataException(String.valueOf(e.getMessage()));
    }
  }
}
