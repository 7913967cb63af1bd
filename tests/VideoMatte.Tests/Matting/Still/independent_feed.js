// The still networks fed by a program of its own, as each network's own description has it: the figures that StillProofTests holds the library to.
// Frames 0 and 20 of a clip are brought to 8-bit R'G'B' at full size and then to the network's size by ffmpeg, turned into numbers here, run by
// the node binding of ONNX Runtime (1.30.0, CPU), and written as one grey 8-bit PNG, one matte under the other.
//
//     npm i onnxruntime-node
//     node independent_feed.js MODELS_FOLDER CLIPS_FOLDER Expected
const ort = require('onnxruntime-node');
const path = require('path');
const { spawnSync } = require('child_process');

const FRAMES = [0, 20];
// What the file says of its matrix; untagged pictures of fewer than 720 lines are BT.601 by custom.
const CLIPS = { '06-webcam-head-300p.mp4': 'bt601', '07-portrait-talk-sound-1080x1920-hevc.mp4': 'bt709', '08-woman-movingcamera-sound-720p.mp4': 'bt709' };
const SINET_MEAN = [102.890434, 111.25247, 126.91212], SINET_STD = [62.93292, 62.82138, 66.355705]; // B, G, R
const last = (pixel, channel) => 3 * pixel + channel;
const first = (pixel, channel, pixels) => channel * pixels + pixel;
const MODELS = {
  'mediapipe-selfie': { file: 'selfie_segmentation.onnx', width: 256, height: 256, input: 'input_1:0', nhwc: true, place: last, value: x => x / 255, alpha: (o, i) => o[i] },
  'mediapipe-landscape': { file: 'mediapipe.onnx', width: 256, height: 144, input: 'input_1:0', nhwc: true, place: last, value: x => x / 255, alpha: (o, i) => 1 / (1 + Math.exp(o[2 * i] - o[2 * i + 1])) },
  'sinet': { file: 'SINet_Softmax_simple.onnx', width: 320, height: 320, input: 'data', place: first, blueFirst: true, value: (x, c) => (x - SINET_MEAN[c]) / (SINET_STD[c] * 255), alpha: (o, i, n) => o[n + i] },
  'prisma': { file: 'prisma_nchw.onnx', width: 256, height: 256, input: 'input_3', place: first, value: x => x / 255, alpha: (o, i) => o[i] },
  'deeplab-person': { file: 'deeplab_nchw.onnx', width: 513, height: 513, input: 'MobilenetV2/MobilenetV2/input:0', place: first, value: x => x / 127.5 - 1, alpha: (o, i, n) => 1 / (1 + Math.exp(o[i] - o[n + i])) },
};

function ffmpeg(args, input) {
  const run = spawnSync('ffmpeg', ['-v', 'error', '-nostdin', ...args], { input, maxBuffer: 4e9 });
  if (run.status !== 0) throw new Error(run.stderr.toString());
  return run.stdout;
}

(async () => {
  const [models, clips, out] = process.argv.slice(2);
  for (const [id, net] of Object.entries(MODELS)) {
    const session = await ort.InferenceSession.create(path.join(models, net.file), { logSeverityLevel: 3 });
    const pixels = net.width * net.height;
    for (const [clip, matrix] of Object.entries(CLIPS)) {
      const chosen = FRAMES.map(f => `eq(n,${f})`).join('+');
      const rgb = ffmpeg(['-i', path.join(clips, clip), '-map', '0:v:0', '-fps_mode', 'passthrough', '-vf',
        `select='${chosen}',scale=in_color_matrix=${matrix}:in_range=tv:out_range=pc:flags=bicubic+accurate_rnd+full_chroma_int,format=gbrp,`
        + `scale=${net.width}:${net.height}:flags=bilinear+accurate_rnd,format=rgb24`, '-f', 'rawvideo', '-']);
      const mattes = Buffer.alloc(pixels * FRAMES.length);
      for (let f = 0; f < FRAMES.length; f++) {
        const fed = new Float32Array(3 * pixels);
        for (let i = 0; i < pixels; i++)
          for (let c = 0; c < 3; c++)
            fed[net.place(i, c, pixels)] = net.value(rgb[3 * (f * pixels + i) + (net.blueFirst ? 2 - c : c)], c);
        const shape = net.nhwc ? [1, net.height, net.width, 3] : [1, 3, net.height, net.width];
        const result = (await session.run({ [net.input]: new ort.Tensor('float32', fed, shape) }))[session.outputNames[0]].data;
        for (let i = 0; i < pixels; i++)
          mattes[f * pixels + i] = Math.round(255 * net.alpha(result, i, pixels));
      }
      const png = path.join(out, `${id}_${clip.slice(0, 2)}.png`);
      ffmpeg(['-y', '-f', 'rawvideo', '-pix_fmt', 'gray', '-s', `${net.width}x${net.height * FRAMES.length}`, '-i', 'pipe:0', '-frames:v', '1', '-pred', 'mixed', '-compression_level', '100', png], mattes);
      console.log(png, (mattes.reduce((sum, v) => sum + v, 0) / mattes.length / 255).toFixed(3));
    }
  }
})();
