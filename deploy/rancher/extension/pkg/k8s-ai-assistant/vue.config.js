module.exports = require('@rancher/shell/pkg/vue.config')(__dirname)
