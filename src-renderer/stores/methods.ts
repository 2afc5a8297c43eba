// The methods the app offers, made from their declarations: those that choose items, and those that
// make tiny sets.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { MethodInfo } from '@api/dto/methods.ts'
import { coreWords } from '../text/core-words.ts'
import { useConnection } from './connection.ts'

/** A method with what is said of it in the language of the page. */
function inWords(method: MethodInfo): MethodInfo {
  return {
    ...method,
    name: coreWords(method.name),
    oneLine: coreWords(method.oneLine),
    whenToUse: coreWords(method.whenToUse),
    whenNotToUse: coreWords(method.whenNotToUse)
  }
}

/** Methods by id; they never change while the app runs. */
export const useMethods = defineStore('methods', () => {
  const connection = useConnection()
  const all = shallowRef<readonly MethodInfo[]>([])
  /** Methods that choose items. */
  const methods = computed(() => all.value.filter(({ family }) => family === 'selection'))
  const isLoaded = ref(false)
  let loading: Promise<void> | undefined

  /** Loads the list once; later calls wait for the same answer. */
  function load(): Promise<void> {
    loading ??= connection.call('methods.list', {}).then(
      (answer) => {
        all.value = answer.methods.map(inWords)
        isLoaded.value = true
      },
      (problem: unknown) => {
        loading = undefined
        throw problem
      }
    )
    return loading
  }
  function find(id: string): MethodInfo | undefined {
    return all.value.find((method) => method.id === id)
  }
  return { methods, isLoaded, load, find }
})
