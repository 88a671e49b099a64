// Shows the photos chosen before they are sent, and shrinks large ones so that a weak network can carry them.
// The position in a photo's EXIF would be lost by shrinking: a field with data-keep-exif sends the file as it is.
const LARGEST = 2400;
const HEAVY = 4 * 1024 * 1024;

async function shrink(file) {
  if (file.size < HEAVY || !window.createImageBitmap) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) return file;
  const ratio = Math.min(1, LARGEST / Math.max(picture.width, picture.height));
  const canvas = Object.assign(document.createElement("canvas"), { width: picture.width * ratio, height: picture.height * ratio });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.86));
  return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" }) : file;
}

async function show(input, box) {
  box.querySelectorAll("img").forEach((old) => URL.revokeObjectURL(old.src));
  box.replaceChildren();
  let files = [...input.files];
  if (!input.hasAttribute("data-keep-exif") && files.some((file) => file.size >= HEAVY)) {
    files = await Promise.all(files.map(shrink));
    const transfer = new DataTransfer();
    files.forEach((file) => transfer.items.add(file));
    input.files = transfer.files;
  }
  for (const file of files.filter((one) => one.type.startsWith("image/"))) {
    const picture = Object.assign(document.createElement("img"), { src: URL.createObjectURL(file), alt: file.name });
    picture.addEventListener("error", () => picture.remove());
    box.append(picture);
  }
}

export function previewPhotos(root) {
  for (const drop of root.querySelectorAll("[data-photo-preview]")) {
    const input = drop.querySelector("input[type=file]");
    const box = drop.querySelector("[data-previews]");
    input.addEventListener("change", () => show(input, box));
  }
}
